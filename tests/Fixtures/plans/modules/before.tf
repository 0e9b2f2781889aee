module "store" {
  source   = "./modules/store"
  for_each = toset(["eu/west", "us \"east\""])
  name     = each.key
}

module "single" {
  source = "./modules/store"
  name   = "single"
}
