"""The town hall: web desks, store, files, clocks and printers around the pure rooms."""
