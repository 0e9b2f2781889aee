resource "terraform_data" "main_database" {
  input = { engine = "postgres", size = 20 }
}

resource "terraform_data" "unrelated" {
  input = { engine = "redis", size = 1 }
}
