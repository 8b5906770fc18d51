export interface RetryOptions {
  attempts: number;
  timeoutMs: number;
}

export async function withTimeout<T>(work: Promise<T>, timeoutMs: number): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const expired = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`timed out after ${timeoutMs} ms`)), timeoutMs);
  });
  try {
    return await Promise.race([work, expired]);
  } finally {
    clearTimeout(timer);
  }
}

export async function retry<T>(attempt: () => Promise<T>, options: RetryOptions): Promise<T> {
  let lastError: unknown;
  for (let n = 1; n <= options.attempts; n += 1) {
    try {
      return await withTimeout(attempt(), options.timeoutMs);
    } catch (error) {
      lastError = error;
      await new Promise((resolve) => setTimeout(resolve, 50 * 2 ** n));
    }
  }
  throw lastError;
}
