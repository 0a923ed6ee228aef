import { type JobsOf, jobInSteps } from '../../platform/job.ts'
import { followRegister } from './follow-register.ts'

/** Every hour: an import or an update of the register may end at any time. Most find nothing. */
export const followRegisterHourly = jobInSteps('follow-register', {
  cron: '40 * * * *',
  run: async ({ log, ...steps }) => {
    const { applied, undone, told } = await followRegister(steps)
    if (applied || undone || told) log.info(`register followed: ${applied} moves, ${undone} undone, ${told} told`)
  },
})

export const jobs: JobsOf = () => [followRegisterHourly]
