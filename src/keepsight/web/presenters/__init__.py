"""What a page says, worked out from what a query returned: plain values in, words out."""
