import CKernels

/// The loops in C, in the version for this processor.
let kernels = orus_kernels_chosen().pointee
