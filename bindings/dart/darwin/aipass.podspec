Pod::Spec.new do |spec|
  spec.name = 'aipass'
  spec.version = '0.1.0'
  spec.summary = "Sign in with AI Pass, and call AI with the user's own wallet."
  spec.homepage = 'https://github.com/aipass-one/mobile-core'
  spec.license = { :type => 'MIT OR Apache-2.0', :file => '../LICENSE' }
  spec.author = 'AI Pass'
  spec.source = { :path => '.' }
  spec.ios.deployment_target = '15.0'
  spec.osx.deployment_target = '12.0'
  spec.ios.dependency 'Flutter'
  spec.osx.dependency 'FlutterMacOS'
  spec.swift_version = '5.9'
  spec.pod_target_xcconfig = { 'DEFINES_MODULE' => 'YES' }
  spec.source_files = 'aipass/Sources/aipass/*.swift'
  spec.resource_bundles = { 'aipass_privacy' => ['aipass/Sources/aipass/PrivacyInfo.xcprivacy'] }

  # iOS: the XCFramework of `dart run aipass:fetch ios`, in the app or above it in a workspace. Without it, the one in this package's
  # folder ios, where a developer of this package puts it. Linked by its path, because CocoaPods vendors nothing from outside of a pod.
  app = Pod::Config.instance.installation_root
  project = app.ascend.find { |folder| (folder + '.dart_tool/package_config.json').file? }
  framework = project && project + '.dart_tool/aipass/ios/AIPassFFI.xcframework'
  framework = Pathname.new(__dir__) + '../ios/AIPassFFI.xcframework' unless framework&.directory?
  # Dart looks the functions up at run time; nothing that the linker sees refers to them. They are kept, exported, and left in
  # the symbol table when a release is archived.
  spec.ios.user_target_xcconfig = {
    'AIPASS_SLICE[sdk=iphoneos*]' => 'ios-arm64',
    'AIPASS_SLICE[sdk=iphonesimulator*]' => 'ios-arm64_x86_64-simulator',
    'OTHER_LDFLAGS' => %(-force_load "#{framework}/$(AIPASS_SLICE)/libaipass_ffi.a" -Wl,-export_dynamic),
    'STRIP_STYLE' => 'non-global'
  }
  spec.osx.vendored_libraries = 'libaipass_ffi.dylib'
end
