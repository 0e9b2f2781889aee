resource "terraform_data" "one" {
  input = 1
}

resource "terraform_data" "two" {
  count = 2
  input = count.index
}

output "gone" {
  value = terraform_data.one.output
}
