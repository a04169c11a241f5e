pluginManagement {
    repositories {
        google()
        mavenCentral()
    }
}

dependencyResolutionManagement {
    repositories {
        // What scripts/aar makes.
        maven { url = uri("../../target/android/maven") }
        // Where Maven installs the fake for the tests.
        mavenLocal()
        google()
        mavenCentral()
    }
}

rootProject.name = "receipts"
include(":app")
