"""The reference district as source data: synthetic workbooks as thirteen subdistricts and the statistics bureau would send them."""
