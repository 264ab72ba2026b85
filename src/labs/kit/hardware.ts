import type { Source } from './models.ts';

export interface Gpu {
  name: string;
  /** GB as the maker prints it, counted as 1e9 bytes. What a program can allocate differs by some percent. */
  gb: number;
}

const mig: Source = { ref: 'docs-nvidia-mig-supported-gpus', at: 'Memory Size' };
const stas: Source = { ref: 'github-stas00-ml-engineering', at: 'compute/accelerator/README.md' };

/** Accelerators for training. NVIDIA prints 180 GB for B200 boards and 192 for the chip; 180 is what a board offers. */
export const GPUS = {
  'v100-16': { name: 'V100 16 GB', gb: 16 },
  'v100-32': { name: 'V100 32 GB', gb: 32 },
  'a100-40': { name: 'A100 40 GB', gb: 40 },
  'a100-80': { name: 'A100 80 GB', gb: 80 },
  h100: { name: 'H100 80 GB', gb: 80 },
  h200: { name: 'H200 141 GB', gb: 141 },
  b200: { name: 'B200 180 GB', gb: 180 },
  mi300x: { name: 'MI300X 192 GB', gb: 192 },
  'ascend-910b': {
    name: 'Ascend 910B 64 GB',
    gb: 64,
  },
} as const satisfies Record<string, Gpu>;
export type GpuId = keyof typeof GPUS;
export const GPU_IDS = Object.keys(GPUS) as GpuId[];

/** No lab prints them, so no lab ships them. */
export const GPU_SOURCES: Readonly<Record<GpuId, Source>> = {
  'v100-16': { ref: 'docs-nvidia-v100', at: 'V100' },
  'v100-32': { ref: 'docs-nvidia-v100', at: 'V100' },
  'a100-40': mig,
  'a100-80': mig,
  h100: mig,
  h200: mig,
  b200: mig,
  mi300x: stas,
  'ascend-910b': { ref: 'docs-gitee-ascend-910b', at: '1.2' },
};

export interface Link {
  name: string;
  /** GB/s (1e9 bytes), one way and per GPU. Makers print NVLink and Infinity Fabric both ways: twice this. */
  gbps: number;
  /** Between the GPUs of a node, or between nodes with one adapter for each GPU. */
  reach: 'node' | 'cluster';
}

/** Of all of them. */
export const LINK_SOURCE: Source = { ref: 'github-stas00-ml-engineering', at: 'network/README.md' };

/** Peak rates of the wire. Collectives reach less: `nccl-tests` measures some 80% on an NVLink node. */
export const LINKS = {
  nvlink2: { name: 'NVLink 2 (V100)', gbps: 150, reach: 'node' },
  nvlink3: { name: 'NVLink 3 (A100)', gbps: 300, reach: 'node' },
  nvlink4: { name: 'NVLink 4 (H100, H200)', gbps: 450, reach: 'node' },
  nvlink5: { name: 'NVLink 5 (B200)', gbps: 900, reach: 'node' },
  xgmi: { name: 'Infinity Fabric (MI300X)', gbps: 448, reach: 'node' },
  hdr: { name: 'InfiniBand HDR 200 Gb/s', gbps: 25, reach: 'cluster' },
  infiniband: { name: 'InfiniBand NDR 400 Gb/s', gbps: 50, reach: 'cluster' },
  xdr: { name: 'InfiniBand XDR 800 Gb/s', gbps: 100, reach: 'cluster' },
  'ethernet-400': { name: 'Ethernet 400 Gb/s', gbps: 50, reach: 'cluster' },
  ethernet: { name: 'Ethernet 100 Gb/s', gbps: 12.5, reach: 'cluster' },
} as const satisfies Record<string, Link>;
export type LinkId = keyof typeof LINKS;
export const LINK_IDS = Object.keys(LINKS) as LinkId[];
