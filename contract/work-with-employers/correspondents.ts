/** People at an employer; split by what one does with them. Whoever uses it imports this file. */

export * from './correspondents/correspondents.ts'
export * from './correspondents/links.ts'
export * from './correspondents/merging.ts'
export * from './correspondents/objections.ts'
