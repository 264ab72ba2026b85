/** Memory of training: model states under ZeRO, frameworks' estimators, activations, parameter counts. */
export * from './activations.ts';
export * from './conventions.ts';
export * from './deepspeed.ts';
export * from './megatron.ts';
export * from './optimizers.ts';
export * from './parameterCount.ts';
export * from './placed.ts';
export * from './plan.ts';
export * from './shapes.ts';
export * from './step.ts';
export * from './zero.ts';
