//! H.264 (ITU-T H.264) without its art: a first frame of uncompressed blocks, then frames in which all but one block stay.
//! Baseline profile, level 4, one slice a frame.

use image::{Rgb, RgbImage};

/// Pixels of a macroblock's side.
pub(super) const BLOCK: u32 = 16;

/// Baseline, compatible with the constrained one, level 4.
pub(super) const PROFILE: [u8; 3] = [66, 0xc0, 40];

// NAL unit headers (7.4.1).
const SPS: u8 = 0x67;
const PPS: u8 = 0x68;
const IDR_SLICE: u8 = 0x65;
const SLICE: u8 = 0x41;

/// `frame_num` has four bits.
const FRAME_NUMBERS: u32 = 16;

/// 7.3.2.1: the sequence's parameters.
pub(super) fn sequence_parameters(picture: &RgbImage) -> Vec<u8> {
    let mut bits = Bits::default();
    PROFILE.iter().for_each(|byte| bits.put(u32::from(*byte), 8));
    bits.number(0); // seq_parameter_set_id
    bits.number(0); // log2_max_frame_num_minus4
    bits.number(2); // pic_order_cnt_type: shown as they are decoded
    bits.number(1); // max_num_ref_frames
    bits.put(0, 1); // gaps_in_frame_num_value_allowed_flag
    bits.number(picture.width() - 1);
    bits.number(picture.height() - 1);
    bits.put(1, 1); // frame_mbs_only_flag
    bits.put(1, 1); // direct_8x8_inference_flag
    bits.put(0, 1); // frame_cropping_flag
    bits.put(0, 1); // vui_parameters_present_flag
    bits.unit(SPS)
}

/// 7.3.2.2: the pictures' parameters.
pub(super) fn picture_parameters() -> Vec<u8> {
    let mut bits = Bits::default();
    bits.number(0); // pic_parameter_set_id
    bits.number(0); // seq_parameter_set_id
    bits.put(0, 2); // entropy_coding_mode_flag, bottom_field_pic_order_in_frame_present_flag
    bits.number(0); // num_slice_groups_minus1
    bits.number(0); // num_ref_idx_l0_default_active_minus1
    bits.number(0); // num_ref_idx_l1_default_active_minus1
    bits.put(0, 3); // weighted_pred_flag, weighted_bipred_idc
    bits.number(0); // pic_init_qp_minus26
    bits.number(0); // pic_init_qs_minus26
    bits.number(0); // chroma_qp_index_offset
    bits.put(1, 1); // deblocking_filter_control_present_flag
    bits.put(0, 2); // constrained_intra_pred_flag, redundant_pic_cnt_present_flag
    bits.unit(PPS)
}

/// The first frame: every block as it is (I_PCM).
pub(super) fn first_frame(picture: &RgbImage) -> Vec<u8> {
    let mut bits = Bits::default();
    bits.number(0); // first_mb_in_slice
    bits.number(7); // slice_type: all I
    bits.number(0); // pic_parameter_set_id
    bits.put(0, 4); // frame_num
    bits.number(0); // idr_pic_id
    bits.put(0, 2); // no_output_of_prior_pics_flag, long_term_reference_flag
    bits.number(0); // slice_qp_delta
    bits.number(1); // disable_deblocking_filter_idc
    for pixel in picture.pixels() {
        bits.number(25); // mb_type I_PCM
        bits.block(*pixel);
    }
    bits.unit(IDR_SLICE)
}

/// Frame `number`: the one before, with one more white block in the top row, as in a progress bar.
pub(super) fn next_frame(picture: &RgbImage, number: u32) -> Vec<u8> {
    let blocks = picture.width() * picture.height();
    let marked = number % picture.width();
    let mut bits = Bits::default();
    bits.number(0); // first_mb_in_slice
    bits.number(5); // slice_type: all P
    bits.number(0); // pic_parameter_set_id
    bits.put(number % FRAME_NUMBERS, 4); // frame_num
    bits.put(0, 3); // num_ref_idx_active_override, ref_pic_list_modification, adaptive_ref_pic_marking_mode
    bits.number(0); // slice_qp_delta
    bits.number(1); // disable_deblocking_filter_idc
    bits.number(marked); // mb_skip_run
    bits.number(30); // mb_type I_PCM in a P slice
    bits.block(Rgb([255; 3]));
    bits.number(blocks - marked - 1); // mb_skip_run
    bits.unit(SLICE)
}

/// A bit string in the making, first bit first.
#[derive(Default)]
struct Bits {
    bytes: Vec<u8>,
    /// How many bits of the last byte are used; 0: all.
    used: u32,
}

impl Bits {
    /// The lowest `count` bits of `value`.
    fn put(&mut self, value: u32, count: u32) {
        for place in (0..count).rev() {
            if self.used == 0 {
                self.bytes.push(0);
            }
            if let Some(last) = self.bytes.last_mut() {
                *last |= ((value >> place & 1) as u8) << (7 - self.used);
            }
            self.used = (self.used + 1) % 8;
        }
    }

    /// 9.1: an Exp-Golomb code; of a signed number too, where it is 0.
    fn number(&mut self, value: u32) {
        let bits = (value + 1).ilog2();
        self.put(0, bits);
        self.put(value + 1, bits + 1);
    }

    /// 7.3.5: the samples of a block of one colour, which begin at a whole byte.
    fn block(&mut self, colour: Rgb<u8>) {
        self.used = 0;
        let [luma, blue, red] = components(colour);
        self.bytes.extend([luma; 256]);
        self.bytes.extend([blue; 64]);
        self.bytes.extend([red; 64]);
    }

    /// 7.3.1: the string as a NAL unit, ended by a one, and with no three bytes in it that a decoder takes for a start.
    fn unit(mut self, header: u8) -> Vec<u8> {
        self.put(1, 1);
        let mut unit = vec![header];
        let mut zeros = 0;
        for byte in self.bytes {
            if zeros == 2 && byte <= 3 {
                unit.push(3);
                zeros = 0;
            }
            zeros = if byte == 0 { zeros + 1 } else { 0 };
            unit.push(byte);
        }
        unit
    }
}

/// ITU-R BT.601: brightness, and how far from it blue and red are.
fn components(Rgb([red, green, blue]): Rgb<u8>) -> [u8; 3] {
    let (red, green, blue) = (f32::from(red), f32::from(green), f32::from(blue));
    [
        (16.0 + 0.257 * red + 0.504 * green + 0.098 * blue) as u8,
        (128.0 - 0.148 * red - 0.291 * green + 0.439 * blue) as u8,
        (128.0 + 0.439 * red - 0.368 * green - 0.071 * blue) as u8,
    ]
}

#[cfg(test)]
mod tests {
    use super::*;

    // ITU-T H.264, table 9-2
    #[test]
    fn numbers_are_written_as_the_standard_has_them() {
        let mut bits = Bits::default();
        (0..5).for_each(|number| bits.number(number));
        // 1 010 011 00100 00101
        assert_eq!((bits.bytes, bits.used), (vec![0b1010_0110, 0b0100_0010, 0b1000_0000], 1));
    }

    // ITU-T H.264, 7.4.1.1
    #[test]
    fn no_start_code_stands_in_a_unit() {
        let mut bits = Bits::default();
        [0, 0, 0, 0, 0, 1, 0, 0, 4].iter().for_each(|byte| bits.put(*byte, 8));
        assert_eq!(bits.unit(SLICE), [SLICE, 0, 0, 3, 0, 0, 3, 0, 1, 0, 0, 4, 0x80]);
    }
}
