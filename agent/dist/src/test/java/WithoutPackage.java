/** For targets that give no package. */
final class WithoutPackage {

    private WithoutPackage() {
    }
}
