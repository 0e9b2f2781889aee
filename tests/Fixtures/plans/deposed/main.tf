resource "terraform_data" "server" {
  input = "same"
}
