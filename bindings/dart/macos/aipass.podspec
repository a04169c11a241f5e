Pod::Spec.new do |spec|
  spec.name = 'aipass'
  spec.version = '0.1.0'
  spec.summary = "Sign in with AI Pass, and call AI with the user's own wallet."
  spec.homepage = 'https://github.com/aipass-one/mobile-core'
  spec.license = { :type => 'MIT OR Apache-2.0', :file => '../LICENSE' }
  spec.author = 'AI Pass'
  spec.source = { :path => '.' }
  spec.platform = :osx, '12.0'
  spec.dependency 'FlutterMacOS'
  spec.vendored_libraries = 'libaipass_ffi.dylib'
end
