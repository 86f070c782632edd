"""Day before month: 23 March 2020, as in the documents of most administrations, not March 23, 2020."""

DATE_FORMAT = "j F Y"
SHORT_DATE_FORMAT = "Y-m-d"
DATETIME_FORMAT = "j F Y, H:i"
