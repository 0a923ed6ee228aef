/** Needs of employers, their life, and their handing over; split by what one does with them. */

export * from './needs/intakes.ts'
export * from './needs/job-titles.ts'
export * from './needs/need-labels.ts'
export * from './needs/needs.ts'
export * from './needs/proposals.ts'
