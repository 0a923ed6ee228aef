import { purgeExpired } from './identity/purge-expired.job.ts'
import type { Job } from './platform/job.ts'

/** Every job the worker runs. */
export const jobs: readonly Job[] = [purgeExpired]
