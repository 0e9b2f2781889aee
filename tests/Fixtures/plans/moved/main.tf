resource "terraform_data" "new" {
  input = "kept"
}

moved {
  from = terraform_data.old
  to   = terraform_data.new
}

resource "terraform_data" "new_and_changed" {
  input = "second"
}

moved {
  from = terraform_data.old_and_changed
  to   = terraform_data.new_and_changed
}
