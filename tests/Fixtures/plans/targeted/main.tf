resource "terraform_data" "aimed_at" {
  input = 2
}

resource "terraform_data" "left_out" {
  input = 2
}
