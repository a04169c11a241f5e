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
        google()
        mavenCentral()
    }
}

rootProject.name = "receipts"
include(":app")
