//! Frame, scan and tables (ITU-T T.81, annex B.2).

use super::Damage;
use super::bits::Codes;

/// From the order in which coefficients are stored to rows of eight (figure A.6).
pub(super) const NATURAL: [u8; 64] = [
    0, 1, 8, 16, 9, 2, 3, 10, 17, 24, 32, 25, 18, 11, 4, 5, 12, 19, 26, 33, 40, 48, 41, 34, 27, 20, 13, 6, 7, 14, 21,
    28, 35, 42, 49, 56, 57, 50, 43, 36, 29, 22, 15, 23, 30, 37, 44, 51, 58, 59, 52, 45, 38, 31, 39, 46, 53, 60, 61, 54,
    47, 55, 62, 63,
];

/// What the frame header says.
#[derive(Clone, PartialEq)]
pub(super) struct Frame {
    pub width: usize,
    pub height: usize,
    pub progressive: bool,
    pub components: Vec<Component>,
    /// The largest sampling factors.
    pub h_max: usize,
    pub v_max: usize,
}

/// One colour.
#[derive(Clone, PartialEq)]
pub(super) struct Component {
    pub id: u8,
    /// Sampling factors, 1 to 4.
    pub h: usize,
    pub v: usize,
    pub table: usize,
}

impl Frame {
    fn read(payload: &[u8], progressive: bool) -> Result<Self, Damage> {
        let Some((&[8, y1, y0, x1, x0, count], rest)) = payload.split_first_chunk::<6>() else {
            return Err(Damage::Header);
        };
        let mut components = Vec::with_capacity(4);
        for &[id, sampling, table] in rest.as_chunks::<3>().0.iter().take(count.into()) {
            let (h, v) = (usize::from(sampling >> 4), usize::from(sampling & 15));
            if !(1..=4).contains(&h) || !(1..=4).contains(&v) || table > 3 {
                return Err(Damage::Header);
            }
            components.push(Component { id, h, v, table: table.into() });
        }
        if components.len() != usize::from(count) || !matches!(count, 1 | 3 | 4) {
            return Err(Damage::Header);
        }
        if let [only] = &mut components[..] {
            // Nothing to interleave with: one block is one unit whatever the factors say.
            (only.h, only.v) = (1, 1);
        }
        let (width, height) = (u16::from_be_bytes([x1, x0]).into(), u16::from_be_bytes([y1, y0]).into());
        let h_max = components.iter().map(|component| component.h).max().unwrap_or(1);
        let v_max = components.iter().map(|component| component.v).max().unwrap_or(1);
        Ok(Self { width, height, progressive, components, h_max, v_max })
    }

    /// Units of an interleaved scan, across and down.
    pub(super) fn units(&self) -> (usize, usize) {
        (self.width.div_ceil(8 * self.h_max), self.height.div_ceil(8 * self.v_max))
    }

    /// Blocks of a component that hold a part of the picture, across and down.
    pub(super) fn blocks(&self, component: &Component) -> (usize, usize) {
        let across = (self.width * component.h).div_ceil(self.h_max).div_ceil(8);
        (across, (self.height * component.v).div_ceil(self.v_max).div_ceil(8))
    }
}

/// What a scan header says.
pub(super) struct Scan {
    /// For each of its components: the place in the frame, the DC and the AC table.
    pub components: Vec<(usize, usize, usize)>,
    /// First and last coefficient.
    pub band: (usize, usize),
    /// The bit positions before and after this scan.
    pub high: u8,
    pub low: u8,
}

impl Scan {
    fn read(payload: &[u8], frame: &Frame) -> Result<Self, Damage> {
        let (&count, rest) = payload.split_first().ok_or(Damage::Header)?;
        let count = usize::from(count);
        let (pairs, rest) = rest.split_at_checked(2 * count).ok_or(Damage::Header)?;
        let mut components = Vec::with_capacity(4);
        for &[id, tables] in pairs.as_chunks::<2>().0 {
            let place = frame.components.iter().position(|component| component.id == id).ok_or(Damage::Header)?;
            if components.iter().any(|&(known, _, _)| known == place) || tables & 0xCC != 0 {
                return Err(Damage::Header);
            }
            components.push((place, usize::from(tables >> 4), usize::from(tables & 15)));
        }
        let &[first, last, bits, ..] = rest else { return Err(Damage::Header) };
        let (first, last, high, low) = (usize::from(first), usize::from(last), bits >> 4, bits & 15);
        let valid = if frame.progressive {
            let band = if first == 0 { last == 0 } else { first <= last && last < 64 && count == 1 };
            band && low <= 13 && (high == 0 || high == low + 1)
        } else {
            // What a sequential scan says here has no meaning, and some encoders write zeros.
            true
        };
        if !valid || components.is_empty() || components.len() > 4 {
            return Err(Damage::Header);
        }
        if !frame.progressive {
            return Ok(Self { components, band: (0, 63), high: 0, low: 0 });
        }
        Ok(Self { components, band: (first, last), high, low })
    }
}

/// The tables that stand before a scan, and stay until they are replaced.
#[derive(Default)]
pub(super) struct Tables {
    /// Quantisation steps in natural order.
    pub steps: [Option<Box<[u16; 64]>>; 4],
    pub dc: [Option<Codes>; 4],
    pub ac: [Option<Codes>; 4],
    /// Units between two restart markers; 0: there are none.
    pub restart_interval: usize,
    /// How the colours are stored, from Adobe's segment.
    pub adobe_transform: Option<u8>,
    pub is_jfif: bool,
}

impl Tables {
    fn read_steps(&mut self, mut payload: &[u8]) -> Result<(), Damage> {
        while let Some((&head, rest)) = payload.split_first() {
            let (wide, place) = (head >> 4 != 0, usize::from(head & 15));
            let (values, rest) = rest.split_at_checked(if wide { 128 } else { 64 }).ok_or(Damage::Tables)?;
            let mut steps = Box::new([0_u16; 64]);
            for (at, &natural) in NATURAL.iter().enumerate() {
                let step =
                    if wide { u16::from_be_bytes([values[2 * at], values[2 * at + 1]]) } else { values[at].into() };
                steps[usize::from(natural)] = step;
            }
            *self.steps.get_mut(place).ok_or(Damage::Tables)? = Some(steps);
            payload = rest;
        }
        Ok(())
    }

    fn read_codes(&mut self, mut payload: &[u8]) -> Result<(), Damage> {
        while let Some((&head, rest)) = payload.split_first() {
            let (counts, rest) = rest.split_first_chunk::<16>().ok_or(Damage::Tables)?;
            let total = counts.iter().copied().map(usize::from).sum();
            let (symbols, rest) = rest.split_at_checked(total).ok_or(Damage::Tables)?;
            let tables = if head >> 4 == 0 { &mut self.dc } else { &mut self.ac };
            *tables.get_mut(usize::from(head & 15)).ok_or(Damage::Tables)? = Some(Codes::new(counts, symbols)?);
            payload = rest;
        }
        Ok(())
    }
}

/// What comes next in a file.
pub(super) enum Part {
    Frame(Frame),
    /// A scan, whose data begins at the position.
    Scan(Scan, usize),
    End,
}

/// Reads the file marker by marker.
pub(super) struct Reader<'a> {
    pub input: &'a [u8],
    pub at: usize,
    /// Whether all data ended where its scan did.
    pub tidy: bool,
    pub tables: Tables,
}

impl<'a> Reader<'a> {
    pub(super) fn new(input: &'a [u8]) -> Self {
        Self { input, at: 2, tidy: true, tables: Tables::default() }
    }

    /// Reads on to the next frame, scan or end, taking in the tables on the way.
    pub(super) fn next(&mut self, frame: Option<&Frame>) -> Result<Part, Damage> {
        loop {
            let marker = self.marker()?;
            match marker {
                0xD9 => return Ok(Part::End),
                0x01 | 0xD0..=0xD8 => {
                    self.tidy = false;
                    continue;
                }
                _ => {}
            }
            let payload = self.segment().ok_or(Damage::CutShort)?;
            match marker {
                0xC0..=0xC2 => return Ok(Part::Frame(Frame::read(payload, marker == 0xC2)?)),
                0xC4 => self.tables.read_codes(payload)?,
                0xDB => self.tables.read_steps(payload)?,
                0xDD => {
                    let &[high, low, ..] = payload else { return Err(Damage::Tables) };
                    self.tables.restart_interval = u16::from_be_bytes([high, low]).into();
                }
                0xDA => return Ok(Part::Scan(Scan::read(payload, frame.ok_or(Damage::Header)?)?, self.at)),
                0xE0 if payload.starts_with(b"JFIF\0") => self.tables.is_jfif = true,
                0xEE if payload.starts_with(b"Adobe") => {
                    // Cut off before that byte it says nothing.
                    self.tables.adobe_transform = payload.get(11).copied().or(self.tables.adobe_transform);
                }
                _ => {}
            }
        }
    }

    fn marker(&mut self) -> Result<u8, Damage> {
        loop {
            let rest = self.input.get(self.at..).ok_or(Damage::CutShort)?;
            self.at += memchr::memchr(0xFF, rest).ok_or(Damage::CutShort)? + 1;
            match *self.input.get(self.at).ok_or(Damage::CutShort)? {
                0xFF | 0x00 => {}
                code => {
                    self.at += 1;
                    return Ok(code);
                }
            }
        }
    }

    fn segment(&mut self) -> Option<&'a [u8]> {
        let length = usize::from(super::super::probe::be16(self.input, self.at)?);
        let payload = self.input.get(self.at + 2..self.at + length.max(2))?;
        self.at += payload.len() + 2;
        Some(payload)
    }
}
