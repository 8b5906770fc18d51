export { LabelsService } from './labels.service';
export { ShipmentsGateway } from './shipments.gateway';
export { ShipmentsRepository } from './shipments.repository';
export { ShipmentsService } from './shipments.service';
