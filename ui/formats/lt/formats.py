"""Lithuanian numbers and dates where Django's own differ from what Lithuanian readers expect (CLDR)."""

DECIMAL_SEPARATOR = ","
THOUSAND_SEPARATOR = "\xa0"
NUMBER_GROUPING = 3
DATE_FORMAT = "Y \\m. E j \\d."
SHORT_DATE_FORMAT = "Y-m-d"
DATETIME_FORMAT = "Y \\m. E j \\d., H:i"
TIME_FORMAT = "H:i"
FIRST_DAY_OF_WEEK = 1
