"""One file a format, library or database; each fits a protocol of warledger.ports."""
