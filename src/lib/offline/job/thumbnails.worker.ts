import { serve } from '$lib/worker/serve';
import { createThumbnailsApi } from './api';

serve(createThumbnailsApi());
