plugins {
    id("com.android.application") version "8.13.0"
    kotlin("android") version "2.2.20"
}

android {
    namespace = "example.receipts"
    compileSdk = 36

    defaultConfig {
        applicationId = "example.receipts"
        minSdk = 24
        targetSdk = 36
        versionCode = 1
        versionName = "1.0"
    }

    compileOptions {
        sourceCompatibility = JavaVersion.VERSION_17
        targetCompatibility = JavaVersion.VERSION_17
    }
}

kotlin {
    jvmToolchain(17)
}

dependencies {
    implementation("one.aipass:aipass-mobile-android:0.1.0")
    implementation("org.jetbrains.kotlinx:kotlinx-coroutines-android:1.11.0")
    testImplementation("one.aipass:aipass-mobile-testing:0.1.0")
    testImplementation("junit:junit:4.13.2")
}
