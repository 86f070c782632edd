"""Messages to a person or to the inbox of an organisation, written in the transaction of what they tell about."""
