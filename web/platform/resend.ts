import { useEffect, useRef } from 'react'
import { reachable } from './api.ts'

const slowly = 10_000

/**
 * While something is left to send: tried when the browser is online again, when another call reached the service, and
 * every ten seconds.
 */
export const useResend = (left: boolean, attempt: () => void) => {
  const latest = useRef(attempt)
  latest.current = attempt
  const reached = reachable.use()
  useEffect(() => {
    if (!left) return
    const again = () => latest.current()
    addEventListener('online', again)
    const timer = setInterval(again, slowly)
    return () => {
      removeEventListener('online', again)
      clearInterval(timer)
    }
  }, [left])
  useEffect(() => {
    if (reached) latest.current()
  }, [reached])
}
