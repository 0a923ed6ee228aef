import { Stepper as DsfrStepper } from '@codegouvfr/react-dsfr/Stepper'

/** Where one stands in a path of several pages. `current` starts at 1. */
export const Stepper = ({ steps, current }: { steps: readonly string[]; current: number }) => (
  <DsfrStepper
    title={steps[current - 1]!}
    currentStep={current}
    stepCount={steps.length}
    {...(steps[current] ? { nextTitle: steps[current] } : {})}
  />
)
