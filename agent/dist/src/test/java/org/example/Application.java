package org.example;

/** What an application looks like to the agent: a class in a package that targets name, one in none, output and an exit code. */
public final class Application {

    private Application() {
    }

    /** Exits with 3. */
    public static void main(String[] arguments) throws ClassNotFoundException {
        Class.forName("WithoutPackage");
        System.out.println("the application was here");
        System.exit(3);
    }
}
