//! The functions between Java's native methods and UniFFI's C functions, and between the C functions of a host's object
//! and Java's methods. The generator writes the lists.

/// Defines the functions that Java calls, and `NATIVES`, which lists them.
///
/// - `call name(arguments) -> result;` reports its failure to the status, which is Java's last argument.
/// - `begin name(arguments) -> result;` cannot fail: it begins an asynchronous call, or ends its future.
/// - `poll name;` polls a future, and calls `resume` of the class when it should be polled again.
#[macro_export]
macro_rules! functions {
    ($bridge:ident, $status:literal; $($kind:ident $name:ident $(($($argument:ident: $type:tt),*) -> $returned:tt)?;)*) => {
        #[allow(clippy::too_many_arguments, reason = "as many as the API has")]
        mod functions {
            use super::$bridge;
            use $crate::raw::RustBuffer;

            $($crate::function!($kind $bridge $name $(($($argument: $type),*) -> $returned)?);)*

            /// Resumes what waits for a future.
            extern "C" fn resume(waiting: u64, result: i8) {
                $bridge.resume(waiting, result);
            }

            pub static NATIVES: &[$crate::Native] =
                &[$($crate::native!($kind $name $status $(($($type),*) -> $returned)?)),*];
        }
    };
}

/// One function of [`functions!`].
#[doc(hidden)]
#[macro_export]
macro_rules! function {
    (call $bridge:ident $name:ident ($($argument:ident: $type:ty),*) -> $returned:ty) => {
        unsafe extern "system" fn $name(
            env: *mut $crate::raw::JNIEnv,
            _class: $crate::raw::jclass,
            $($argument: <$type as $crate::Argument>::Jni,)*
            status: $crate::raw::jobject,
        ) -> <$returned as $crate::Returned>::Jni {
            unsafe extern "C" {
                fn $name($($argument: $type,)* status: &mut $crate::raw::RustCallStatus) -> $returned;
            }
            let mut outcome = $crate::raw::RustCallStatus::default();
            // SAFETY: UniFFI's function has this signature, and Java passes each address once.
            let result = unsafe { $name($(<$type as $crate::Argument>::take($argument),)* &mut outcome) };
            if $crate::raw::succeeded(&outcome) {
                return <$returned as $crate::Returned>::give(result);
            }
            // SAFETY: Java passed both to this call.
            unsafe { $bridge.report(env, status, outcome) };
            <$returned as $crate::Returned>::NOTHING
        }
    };
    (begin $bridge:ident $name:ident ($($argument:ident: $type:ty),*) -> $returned:ty) => {
        unsafe extern "system" fn $name(
            _env: *mut $crate::raw::JNIEnv,
            _class: $crate::raw::jclass,
            $($argument: <$type as $crate::Argument>::Jni,)*
        ) -> <$returned as $crate::Returned>::Jni {
            unsafe extern "C" {
                fn $name($($argument: $type,)*) -> $returned;
            }
            // SAFETY: as above.
            <$returned as $crate::Returned>::give(unsafe { $name($(<$type as $crate::Argument>::take($argument),)*) })
        }
    };
    (poll $bridge:ident $name:ident) => {
        unsafe extern "system" fn $name(
            _env: *mut $crate::raw::JNIEnv,
            _class: $crate::raw::jclass,
            future: $crate::raw::jlong,
            waiting: $crate::raw::jlong,
        ) {
            unsafe extern "C" {
                fn $name(future: u64, resume: extern "C" fn(u64, i8), waiting: u64);
            }
            // SAFETY: as above.
            unsafe { $name(future as u64, resume, waiting as u64) }
        }
    };
}

/// One entry of `NATIVES`.
#[doc(hidden)]
#[macro_export]
macro_rules! native {
    (call $name:ident $status:literal ($($type:tt),*) -> $returned:tt) => {
        $crate::native!(@ $name ($($crate::letter!($type),)* "L", $status, ";") $crate::letter!(-> $returned))
    };
    (begin $name:ident $status:literal ($($type:tt),*) -> $returned:tt) => {
        $crate::native!(@ $name ($($crate::letter!($type)),*) $crate::letter!(-> $returned))
    };
    (poll $name:ident $status:literal) => {
        $crate::native!(@ $name ("JJ") "V")
    };
    (@ $name:ident ($($arguments:tt)*) $($returned:tt)*) => {
        $crate::Native::new(
            concat!(stringify!($name), "\0"),
            concat!("(", $crate::text!($($arguments)*), ")", $($returned)*, "\0"),
            $name as *const (),
        )
    };
}

/// The letters of arguments, of which there may be none.
#[doc(hidden)]
#[macro_export]
macro_rules! text {
    () => { "" };
    ($($part:tt)+) => { concat!($($part)+) };
}

/// The letter of a type in the signature of a Java method. As a result, a short number without a sign is an `int`.
#[doc(hidden)]
#[macro_export]
macro_rules! letter {
    (-> ()) => {
        "V"
    };
    (-> u8) => {
        "I"
    };
    (-> u16) => {
        "I"
    };
    (-> $type:tt) => {
        $crate::letter!($type)
    };
    (u8) => {
        "B"
    };
    (i8) => {
        "B"
    };
    (u16) => {
        "S"
    };
    (i16) => {
        "S"
    };
    (u32) => {
        "I"
    };
    (i32) => {
        "I"
    };
    (u64) => {
        "J"
    };
    (i64) => {
        "J"
    };
    (f32) => {
        "F"
    };
    (f64) => {
        "D"
    };
    (RustBuffer) => {
        "J"
    };
}

/// Defines the table of functions of a trait that the host implements, `METHODS`, which lists the methods of Java that
/// they call, and `register()`, which hands the table to UniFFI. The numbers are those of Java's methods in the bridge's
/// list: that which frees a handle, that which clones one, and each method's.
#[macro_export]
macro_rules! host {
    (
        $bridge:ident, $status:literal, $module:ident, $register:ident, free = $free:literal, clone = $clone:literal;
        $($method:ident($($argument:ident: $type:tt),*) -> $returned:tt = $number:literal;)*
    ) => {
        mod $module {
            use super::$bridge;
            use $crate::Passed;
            use $crate::raw::{RustBuffer, RustCallStatus, jvalue};

            #[repr(C)]
            struct Table {
                free: extern "C" fn(u64),
                clone: extern "C" fn(u64) -> u64,
                $($method: unsafe extern "C" fn(u64, $($type,)* *mut $returned, &mut RustCallStatus),)*
            }

            static TABLE: Table = Table { free, clone, $($method),* };

            extern "C" fn free(handle: u64) {
                $bridge.call::<()>($free, &mut [handle.pass(), jvalue { j: 0 }], &mut RustCallStatus::default())
            }

            extern "C" fn clone(handle: u64) -> u64 {
                $bridge.call($clone, &mut [handle.pass(), jvalue { j: 0 }], &mut RustCallStatus::default())
            }

            $(
                #[allow(clippy::too_many_arguments, reason = "as many as the API has")]
                unsafe extern "C" fn $method(
                    handle: u64,
                    $($argument: $type,)*
                    returned: *mut $returned,
                    status: &mut RustCallStatus,
                ) {
                    let arguments = &mut [handle.pass(), $($argument.pass(),)* jvalue { j: 0 }];
                    let result: $returned = $bridge.call($number, arguments, status);
                    if $crate::raw::succeeded(status) && size_of::<$returned>() > 0 {
                        // SAFETY: UniFFI passes where the result of a call goes, and reads it if the call succeeded.
                        unsafe { returned.write(result) };
                    }
                }
            )*

            pub static METHODS: &[$crate::Upcall] = &[
                $crate::Upcall::new(
                    concat!(stringify!($module), "_free\0"),
                    concat!("(JL", $status, ";)V\0"),
                ),
                $crate::Upcall::new(
                    concat!(stringify!($module), "_clone\0"),
                    concat!("(JL", $status, ";)V\0"),
                ),
                $($crate::Upcall::new(
                    concat!(stringify!($module), "_", stringify!($method), "\0"),
                    concat!("(J", $($crate::letter!($type),)* "L", $status, ";)V\0"),
                ),)*
            ];

            pub fn register() {
                unsafe extern "C" {
                    fn $register(table: &'static Table);
                }
                // SAFETY: UniFFI's function has this signature, and the table is of the form that it expects.
                unsafe { $register(&TABLE) };
            }
        }
    };
}

/// Defines the native method `register` of the class, which registers all others. `name` is its symbol. It fails if the
/// code on either side was generated from another API.
#[macro_export]
macro_rules! register {
    ($bridge:ident, $status:literal, $name:literal, $fingerprint:literal; $($module:ident),*) => {
        /// The native method `register`.
        ///
        /// # Safety
        /// Java calls it.
        #[unsafe(export_name = $name)]
        pub unsafe extern "system" fn register(
            env: *mut $crate::raw::JNIEnv,
            class: $crate::raw::jclass,
            fingerprint: $crate::raw::jlong,
        ) -> bool {
            if fingerprint != $fingerprint {
                return false;
            }
            let status = $crate::raw::name(concat!($status, "\0"));
            // SAFETY: Java passed both, and the lists are the generator's.
            let is_registered =
                unsafe { $bridge.register(env, class, status, functions::NATIVES, &[$($module::METHODS),*]) };
            if is_registered {
                $($module::register();)*
            }
            is_registered
        }
    };
}
