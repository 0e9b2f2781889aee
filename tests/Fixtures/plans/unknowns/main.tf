resource "terraform_data" "source" {
  input = "x"
}

resource "terraform_data" "reader" {
  input = {
    id    = terraform_data.source.id
    fixed = "known"
    list  = ["first", terraform_data.source.output, "third"]
    text  = "prefix-${terraform_data.source.id}"
  }
}

output "all" {
  value = terraform_data.reader.output
}

output "part" {
  value = { id = terraform_data.source.id, fixed = "known" }
}
