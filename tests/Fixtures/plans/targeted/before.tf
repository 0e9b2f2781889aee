resource "terraform_data" "aimed_at" {
  input = 1
}

resource "terraform_data" "left_out" {
  input = 1
}
