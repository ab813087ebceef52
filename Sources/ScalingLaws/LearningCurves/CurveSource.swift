/// Where the families of learning curves come from; there they rise, here they are mirrored.
enum CurveSource {
  static let domhan =
    "Domhan, Springenberg, Hutter, IJCAI 2015, and its code pylearningcurvepredictor; mirrored"
  static let lcdb = "Mohr et al.: LCDB, ECML 2022, and its code; mirrored"
  static let both = domhan + "; Mohr et al.: LCDB, ECML 2022"
}
