import ArgumentParser
@main struct Assay: ParsableCommand { func run() { print(Stamp.commit) } }
