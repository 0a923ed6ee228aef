import { useMutation } from '@tanstack/react-query'
import { toast } from './toast.ts'

/** One act in one press, then what it changed is read again; refused, it says why. */
export const useOneAct = (run: () => Promise<unknown>, said: string, changed: () => Promise<unknown>) =>
  useMutation({
    mutationFn: run,
    onSuccess: () => {
      toast(said)
      return changed()
    },
    // Somebody changed it meanwhile: what they wrote is shown.
    onError: () => void changed(),
  })
