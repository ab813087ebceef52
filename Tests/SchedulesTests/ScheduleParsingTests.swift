import Schedules
import TestSupport
import Testing

/// What the text of a schedule may look like, and the canonical text it becomes.
@Suite struct ScheduleParsingTests {
  /// Pairs of a text and its canonical form.
  static let canonical: [(String, String)] = [
    ("peak=3e-4", "peak=0.0003"),
    ("peak=3e-4,stable:20000", "peak=0.0003,stable:20000"),
    ("peak=3e-4,total=500", "peak=0.0003,stable:500"),
    ("peak=2", "peak=2"),
    ("peak=1.50e-05,conv=hf", "peak=1.5e-5"),
    ("conv=olmo,peak=1", "peak=1,conv=olmo"),
    ("warmup:10,peak=1,decay:10", "peak=1,warmup:10,decay:10"),
    // Aliases.
    ("peak=1,hold:5,constant:6", "peak=1,stable:5,stable:6"),
    ("peak=1,cooldown:5:cos", "peak=1,decay:5:cosine"),
    ("peak=1,stable:1,anneal:5:sqrt", "peak=1,stable:1,decay:5:1-sqrt"),
    ("peak=1,minus_sqrt:5", "peak=1,decay:5:1-sqrt"),
    ("peak=1,miror_cosine:5", "peak=1,decay:5:mirror-cosine"),
    ("peak=1,decay:5:to=0.5x,rewarm:5", "peak=1,decay:5:to=0.5,warmup:5"),
    // Any order of fields; usual values left out.
    ("peak=1,warmup:linear:at=0:300:to=1x", "peak=1,warmup:300"),
    ("peak=1,decay:to=0:linear:300", "peak=1,decay:300"),
    ("peak=1,stable:const:300:at=1x", "peak=1,stable:300"),
    ("peak=1,poly:10:p=1", "peak=1,decay:10:poly"),
    ("peak=1,rex:10:beta=0.5", "peak=1,decay:10:rex"),
    ("peak=1,tanh:10:lb=-7:ub=3", "peak=1,decay:10:tanh"),
    ("peak=1,tanh:10:ub=2:lb=-6", "peak=1,decay:10:tanh:lb=-6:ub=2"),
    ("peak=1,invsqrt:10:tau=10000", "peak=1,decay:10:invsqrt"),
    ("peak=1,warmup:7,invsqrt:10:tau=7", "peak=1,warmup:7,decay:10:invsqrt"),
    ("peak=1,warmup:7,invsqrt:10:tau=1e4", "peak=1,warmup:7,decay:10:invsqrt:tau=10000"),
    ("peak=1,warmup:7,power:10:b=-0.51", "peak=1,warmup:7,decay:10:power"),
    ("peak=1,min=0.1x,cosine:10", "peak=1,decay:10:cosine:to=0.1"),
    ("peak=3e-4,cosine:10:to=0.1x", "peak=0.0003,decay:10:cosine:to=0.1x"),
    ("peak=3e-4,cosine:10:to=3e-5", "peak=0.0003,decay:10:cosine:to=3e-5"),
    // Separators, sugar, white space.
    ("peak=1 > warmup:10 -> decay:20", "peak=1,warmup:10,decay:20"),
    ("peak=1->stable:10>cosine:5", "peak=1,stable:10,decay:5:cosine"),
    (
      "peak=3e-4 > warmup:linear(300) > stable(20000) > decay:1-sqrt(4000,to=0)",
      "peak=0.0003,warmup:300,stable:20000,decay:4000:1-sqrt"
    ),
    ("peak=1,poly( 40 , p = 1.5 ):to=0.1x", "peak=1,decay:40:poly:to=0.1:p=1.5"),
    (" peak = 1 ,\n stable : 10 ", "peak=1,stable:10"),
    // Durations.
    ("peak=1,stable:20k", "peak=1,stable:20000"),
    ("peak=1,stable:2.5K", "peak=1,stable:2500"),
    ("peak=1,stable:1.1k", "peak=1,stable:1100"),
    ("peak=1,stable:1M", "peak=1,stable:1000000"),
    ("peak=1,stable:1G", "peak=1,stable:1000000000"),
    ("peak=1,stable:1T", "peak=1,stable:1000000000000"),
    ("peak=1,stable:1e3", "peak=1,stable:1000"),
    ("peak=1,stable:5st", "peak=1,stable:5"),
    ("peak=1,tpb=4M,stable:2Btok", "peak=1,stable:500"),
    ("peak=1,spb=512,stable:300ksp", "peak=1,stable:586"),
    ("peak=1,spe=1250,stable:2ep", "peak=1,stable:2500"),
    ("peak=1,spe=1250,total=4ep,stable:rest,decay:1ep", "peak=1,stable:3750,decay:1250"),
    ("peak=1,tpb=1000,stable:2500tok", "peak=1,stable:2"),
    ("peak=1,tpb=1000,stable:3500tok", "peak=1,stable:4"),
    // Parts round half to even: 2.5 -> 2, 3.5 -> 4.
    ("peak=1,total=50,warmup:5%,stable:rest", "peak=1,warmup:2,stable:48"),
    ("peak=1,total=70,warmup:5%,stable:rest", "peak=1,warmup:4,stable:66"),
    ("peak=1,total=24000,stable:rest,decay:10.5%", "peak=1,stable:21480,decay:2520"),
    ("peak=1,total=1000,warmup:10%,decay:90%", "peak=1,warmup:100,decay:900"),
    ("peak=1,total=1000,warmup:100,decay:900", "peak=1,warmup:100,decay:900"),
  ]

  @Test(arguments: canonical)
  func textBecomesCanonical(_ text: String, _ expected: String) throws {
    let schedule = try Schedule(parsing: text)
    #expect(schedule.description == expected)
    #expect(try Schedule(parsing: expected) == schedule)
  }

  @Test func sizes() throws {
    let schedule = try Schedule(parsing: "peak=3e-4,total=1000,warmup:100,decay:rest")
    #expect(schedule.peak == 3e-4)
    #expect(schedule.totalSteps == 1000)
    #expect(schedule.warmupSteps == 100)
    let constant = try Schedule(parsing: "peak=3e-4")
    #expect(constant.totalSteps == nil)
    #expect(constant.warmupSteps == 0)
    #expect(try Schedule(parsing: "peak=1,stable:5,warmup:5:at=0").warmupSteps == 0)
  }

  @Test func equalityIsOfTheMeaning() throws {
    let first = try Schedule(parsing: "peak=1,total=1000,warmup:10%,decay:rest:to=0.5x")
    let second = try Schedule(parsing: "peak=1.0,min=0.5,warmup:100,linear:900")
    #expect(first == second)
    #expect(first.hashValue == second.hashValue)
    #expect(try first != Schedule(parsing: "peak=1,conv=llmc,warmup:100,linear:900:to=0.5"))
  }
}
