import { countAnomalies } from './count-anomalies.ts'
import { exportAnomalies } from './export-anomalies.ts'
import { listAnomalies } from './list-anomalies.ts'

export const anomalies = [listAnomalies, exportAnomalies, countAnomalies]
