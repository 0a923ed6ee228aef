/**
 * What is wrong with an access, since when, corrected how; what the operator supplies.
 * Owns: tables access_anomalies, supplied_anomalies; acts anomaly.*, anomalies.exported.
 * Uses: accounts, territories.
 * Reads: accounts, grants, organisations.
 * Start: `anomaly-rules.ts`, then `judge.ts`; docs/anomalies.md.
 */

import { correctSupplied } from './correct-supplied.ts'
import { countAnomalies } from './count-anomalies.ts'
import { exportAnomalies } from './export-anomalies.ts'
import { listAnomalies } from './list-anomalies.ts'
import { listSupplied } from './list-supplied.ts'
import { supplyAnomaly } from './supply-anomaly.ts'
import { supplyFile } from './supply-file.ts'

export const anomalies = [
  listAnomalies,
  exportAnomalies,
  countAnomalies,
  listSupplied,
  supplyAnomaly,
  supplyFile,
  correctSupplied,
]
