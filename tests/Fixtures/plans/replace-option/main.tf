resource "terraform_data" "asked" {
  input = "same"
}
