resource "terraform_data" "old" {
  input = "kept"
}

resource "terraform_data" "old_and_changed" {
  input = "first"
}
