module "store" {
  source   = "./modules/store"
  for_each = toset(["eu/west"])
  name     = each.key
}
