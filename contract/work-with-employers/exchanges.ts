/** Exchanges with an employer, what to know before one, and what follows: shapes, and what is asked of them. */
export * from './exchanges/before-contact.ts'
export * from './exchanges/campaign-results.ts'
export * from './exchanges/exchanges.ts'
export * from './exchanges/next-actions.ts'
export * from './exchanges/recording.ts'
