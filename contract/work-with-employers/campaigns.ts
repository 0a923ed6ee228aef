/** Campaigns, their targets and their conflicts with other campaigns: shapes, and what is asked of them. */
export * from './campaigns/adding-targets.ts'
export * from './campaigns/campaigns.ts'
export * from './campaigns/conflicts.ts'
export * from './campaigns/lifecycle.ts'
export * from './campaigns/running.ts'
export * from './campaigns/targets.ts'
