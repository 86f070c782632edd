"""What the product is measured against: the same facts kept the way a Django team usually keeps them."""
