"""What `make bench` runs: real code on real data, one line a figure: `name value unit`."""
