resource "terraform_data" "database" {
  input = { engine = "postgres", size = 20 }
}
