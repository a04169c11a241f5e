Pod::Spec.new do |spec|
  spec.name = 'aipass'
  spec.version = '0.1.0'
  spec.summary = "Sign in with AI Pass, and call AI with the user's own wallet."
  spec.homepage = 'https://github.com/aipass-one/mobile-core'
  spec.license = { :type => 'MIT OR Apache-2.0', :file => '../LICENSE' }
  spec.author = 'AI Pass'
  spec.source = { :path => '.' }
  spec.platform = :ios, '15.0'
  spec.dependency 'Flutter'
  spec.vendored_frameworks = 'AIPassFFI.xcframework'
  # Dart looks the functions up at run time; nothing that the linker sees refers to them. They are kept, exported, and left in
  # the symbol table when a release is archived.
  spec.user_target_xcconfig = {
    'OTHER_LDFLAGS' => '-force_load "${PODS_XCFRAMEWORKS_BUILD_DIR}/aipass/libaipass_ffi.a" -Wl,-export_dynamic',
    'STRIP_STYLE' => 'non-global'
  }
end
