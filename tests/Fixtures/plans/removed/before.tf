resource "terraform_data" "forgotten" {
  input = "lives on"
}

resource "terraform_data" "destroyed" {
  input = "goes"
}
