/** `npm test -- --whole`: every decision and every case; otherwise a part of them, drawn the same at each run. */
export const wholeDepth = process.env.TEST_DEPTH === 'whole'
