resource "terraform_data" "version" {
  input = 2
}

resource "terraform_data" "follower" {
  input = "same"
  lifecycle {
    replace_triggered_by = [terraform_data.version]
  }
}
