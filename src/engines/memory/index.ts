/** Memory of training: model states under ZeRO, frameworks' estimators, activations, parameter counts. */
export * from './activations.ts';
export * from './conventions.ts';
export * from './deepspeed.ts';
export * from './megatron.ts';
export * from './parameterCount.ts';
export * from './shapes.ts';
export * from './zero.ts';
