/**
 * Names and defaults of DeepSpeed's configuration, as its code states them; where the documentation page differs
 * (docs/_pages/config-json.md), the code decides.
 *
 * Read at deepspeedai/DeepSpeed@edaa7221 (0.19.6): runtime/constants.py, runtime/zero/config.py,
 * runtime/zero/offload_config.py, runtime/precision_config.py.
 */

/** A default, a section of keys, or ANY: the name is documented, its default is none or is decided at run time. */
export type Documented = { readonly [key: string]: unknown };
export const ANY = Symbol('any value');

const OFFLOAD_PARAM = {
  device: 'none',
  nvme_path: null,
  buffer_count: 5,
  buffer_size: 1e8,
  max_in_cpu: 1e9,
  pin_memory: true,
};

const OFFLOAD_OPTIMIZER = {
  device: 'none',
  nvme_path: null,
  buffer_count: 4,
  pin_memory: true,
  pipeline_read: false,
  pipeline_write: false,
  fast_init: false,
  ratio: 1.0,
  super_offload: false,
  cpuadam_cores_perc: 0.8,
};

const ZERO = {
  stage: 0,
  contiguous_gradients: true,
  reduce_scatter: true,
  reduce_bucket_size: 5e8,
  use_multi_rank_bucket_allreduce: true,
  allgather_partitions: true,
  allgather_bucket_size: 5e8,
  // None in the class; overlap_comm_valid makes it true in stage 3 and false else.
  overlap_comm: ANY,
  load_from_fp32_weights: true,
  elastic_checkpoint: false,
  offload_param: OFFLOAD_PARAM,
  offload_optimizer: OFFLOAD_OPTIMIZER,
  zenflow: ANY,
  sub_group_size: 1e9,
  stage3_prefetch_bucket_size: 5e7,
  stage3_param_persistence_threshold: 1e5,
  stage3_model_persistence_threshold: ANY,
  stage3_max_live_parameters: 1e9,
  stage3_max_reuse_distance: 1e9,
  stage3_gather_16bit_weights_on_model_save: false,
  stage3_module_granularity_threshold: 0,
  stage3_use_all_reduce_for_fetch_params: false,
  stage3_allgather_sequential: false,
  ignore_unused_parameters: true,
  legacy_stage1: false,
  round_robin_gradients: false,
  zero_hpz_partition_size: 1,
  zero_quantized_weights: false,
  zero_quantized_nontrainable_weights: false,
  zero_quantized_gradients: false,
  zeropp_loco_param: null,
  mics_shard_size: -1,
  mics_hierarchical_params_gather: false,
  memory_efficient_linear: true,
  pipeline_loading_checkpoint: false,
  override_module_apply: true,
  log_trace_cache_warnings: false,
  enable_sanity_checks: false,
  save_muon_momentum_buffer_in_memory: false,
  leaf_module: ANY,
};

/** Arguments of the AdamW that `optimizer.type` names here; DeepSpeed hands them to its constructor. */
const ADAMW = {
  lr: ANY,
  betas: ANY,
  eps: ANY,
  weight_decay: ANY,
  torch_adam: ANY,
  adam_w_mode: ANY,
};

export const DEEPSPEED: Documented = {
  train_batch_size: null,
  train_micro_batch_size_per_gpu: null,
  gradient_accumulation_steps: null,
  managed_gradient_accumulation: true,
  gradient_clipping: 1.0,
  prescale_gradients: false,
  gradient_predivide_factor: 1.0,
  gradient_allreduce_op: 'mean',
  communication_data_type: null,
  sparse_gradients: false,
  zero_allow_untested_optimizer: false,
  zero_force_ds_cpu_optimizer: true,
  steps_per_print: null,
  dump_state: false,
  wall_clock_breakdown: false,
  optimizer: { type: null, params: ADAMW },
  scheduler: {
    type: null,
    params: { warmup_min_lr: ANY, warmup_max_lr: ANY, warmup_num_steps: ANY },
  },
  fp16: {
    enabled: false,
    auto_cast: false,
    loss_scale: 0,
    initial_scale_power: 16,
    loss_scale_window: 1000,
    hysteresis: 2,
    consecutive_hysteresis: false,
    min_loss_scale: 1,
    fp16_master_weights_and_grads: false,
  },
  bf16: {
    enabled: false,
    immediate_grad_update: false,
    check_grad_overflow: true,
    bf16_master_weights_and_grads: false,
    bf16_optimizer_states: false,
  },
  torch_autocast: { enabled: false, dtype: ANY, lower_precision_safe_modules: ANY },
  activation_checkpointing: {
    partition_activations: false,
    contiguous_memory_optimization: false,
    cpu_checkpointing: false,
    number_checkpoints: null,
    synchronize_checkpoint_boundary: false,
    profile: false,
  },
  zero_optimization: ZERO,
};
