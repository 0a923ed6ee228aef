/** Conventions between the operator and a partner: their shapes, and what is asked of them from the draft to the end. */
export * from './conventions/contacts.ts'
export * from './conventions/drafting.ts'
export * from './conventions/ending.ts'
export * from './conventions/partners.ts'
export * from './conventions/reading.ts'
export * from './conventions/shapes.ts'
export * from './conventions/signing.ts'
export * from './conventions/templates.ts'
